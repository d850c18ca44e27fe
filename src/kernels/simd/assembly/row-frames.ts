/** Four channels, a row of float32 each, a frame at a time. */

/** One frame of four rows; `row` lies in the first. */
// @ts-ignore: decorator
@inline
export function loadFrame(row: usize, rowBytes: usize): v128 {
  let x = v128.load32_zero(row);
  x = v128.load_lane<f32>(row + rowBytes, x, 1);
  x = v128.load_lane<f32>(row + 2 * rowBytes, x, 2);
  return v128.load_lane<f32>(row + 3 * rowBytes, x, 3);
}

/** Sets one frame of four rows. */
// @ts-ignore: decorator
@inline
export function storeFrame(row: usize, rowBytes: usize, x: v128): void {
  v128.store_lane<f32>(row, x, 0);
  v128.store_lane<f32>(row + rowBytes, x, 1);
  v128.store_lane<f32>(row + 2 * rowBytes, x, 2);
  v128.store_lane<f32>(row + 3 * rowBytes, x, 3);
}
