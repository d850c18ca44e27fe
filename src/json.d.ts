/** JSON data is read as `unknown` and checked by a schema, where it is used or in tests. */
declare module '*.json' {
  const value: unknown;
  export default value;
}
