import { render } from 'preact';
import type { Session } from '../protocol/session.ts';

const answer = await fetch('api/session');
const session = (await answer.json()) as Session;
render(<h1>{session.title}</h1>, document.getElementById('page')!);
