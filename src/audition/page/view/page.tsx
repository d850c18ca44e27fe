import type { JSX } from 'preact';
import { canTurn } from '../state/audition-state.ts';
import type { Audition } from '../state/audition-state.ts';
import { BlindStrip } from './blind-strip.tsx';
import { Compare } from './compare.tsx';
import { Head } from './head.tsx';
import { Title, Tools } from './header.tsx';
import { Help } from './help.tsx';
import { Meters } from './meters.tsx';
import { OverviewPanel } from './overview.tsx';
import { ScenePanel } from './scene-panel.tsx';
import type { LoadSceneView } from './scene-panel.tsx';
import { SidePanels } from './side-panels.tsx';
import { Sources } from './sources.tsx';
import { Transport } from './transport.tsx';

interface PageProps {
  readonly audition: Audition;
  readonly loadSceneView: LoadSceneView;
}

/** What went wrong. */
const Problem = ({ audition }: { readonly audition: Audition }): JSX.Element => {
  const problem = audition.problem.value ?? audition.notice.value;
  return (
    <div role="alert" class={problem === undefined ? 'unseen' : 'problem'}>
      {problem}
    </div>
  );
};

/** What is heard now, for those who do not see it. */
const Announcer = ({ audition }: { readonly audition: Audition }): JSX.Element => {
  const { session, heardId, isPlaying, blind } = audition;
  const test = blind.value;
  const heard = test
    ? test.heard.toUpperCase()
    : session.sources.find(({ id }) => id === heardId.value)?.label;
  return (
    <p class="unseen" role="status">
      {isPlaying.value ? `Playing ${heard}` : `Paused, ${heard}`}
    </p>
  );
};

/** The whole page. */
export const Page = ({ audition, loadSceneView }: PageProps): JSX.Element => {
  const { session, blind } = audition;
  const hasHead = session.sources.some(canTurn);
  const hasScene = session.sources.some(({ kind }) => kind === 'scene' || kind === 'loudspeakers');
  return (
    <div class="page">
      <header class="bar">
        <Title audition={audition} />
        <Transport audition={audition} />
        <Tools audition={audition} />
      </header>
      <main class="main">
        <Problem audition={audition} />
        <Announcer audition={audition} />
        <OverviewPanel audition={audition} />
        <Sources audition={audition} />
        {blind.value ? (
          <BlindStrip audition={audition} test={blind.value} />
        ) : (
          session.sources.length > 1 && <Compare audition={audition} />
        )}
        <div class={`deck ${hasScene ? 'has-scene' : ''} ${hasHead ? 'has-head' : ''}`}>
          {hasScene && <ScenePanel audition={audition} load={loadSceneView} />}
          {hasHead && <Head audition={audition} />}
          <Meters audition={audition} />
          <SidePanels audition={audition} />
        </div>
      </main>
      <Help audition={audition} />
    </div>
  );
};
