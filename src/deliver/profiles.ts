import { ConfigError } from '../base/errors.ts';
import { nearestName } from '../base/nearest-name.ts';
import spotify from '../../profiles/spotify.json' with { type: 'json' };
import appleMusic from '../../profiles/apple-music.json' with { type: 'json' };
import appleAtmos from '../../profiles/apple-atmos.json' with { type: 'json' };
import youtube from '../../profiles/youtube.json' with { type: 'json' };
import tidal from '../../profiles/tidal.json' with { type: 'json' };
import tidalAtmos from '../../profiles/tidal-atmos.json' with { type: 'json' };
import amazonMusic from '../../profiles/amazon-music.json' with { type: 'json' };
import amazonAtmos from '../../profiles/amazon-atmos.json' with { type: 'json' };
import deezer from '../../profiles/deezer.json' with { type: 'json' };
import soundcloud from '../../profiles/soundcloud.json' with { type: 'json' };
import pandora from '../../profiles/pandora.json' with { type: 'json' };
import qobuz from '../../profiles/qobuz.json' with { type: 'json' };
import dolbyAtmosMaster from '../../profiles/dolby-atmos-master.json' with { type: 'json' };
import dolbyAtmosMusic from '../../profiles/dolby-atmos-music.json' with { type: 'json' };
import umgAtmos from '../../profiles/umg-atmos.json' with { type: 'json' };
import sony360ra from '../../profiles/sony-360ra.json' with { type: 'json' };
import netflix from '../../profiles/netflix.json' with { type: 'json' };
import primeVideo from '../../profiles/prime-video.json' with { type: 'json' };
import ebuR128 from '../../profiles/ebu-r128.json' with { type: 'json' };
import ebuR128S1 from '../../profiles/ebu-r128-s1.json' with { type: 'json' };
import ebuR128S2 from '../../profiles/ebu-r128-s2.json' with { type: 'json' };
import atscA85 from '../../profiles/atsc-a85.json' with { type: 'json' };
import aribTrB32 from '../../profiles/arib-tr-b32.json' with { type: 'json' };
import freetvOp59 from '../../profiles/freetv-op59.json' with { type: 'json' };
import aesTd1008 from '../../profiles/aes-td1008.json' with { type: 'json' };
import archive from '../../profiles/archive.json' with { type: 'json' };
import { parseProfile, type Profile } from './profile.ts';

/** All delivery profiles: music services, labels, film, broadcasting, and periphon's own. */
export const profiles: readonly Profile[] = Object.freeze(
  [
    spotify,
    appleMusic,
    appleAtmos,
    youtube,
    tidal,
    tidalAtmos,
    amazonMusic,
    amazonAtmos,
    deezer,
    soundcloud,
    pandora,
    qobuz,
    dolbyAtmosMaster,
    dolbyAtmosMusic,
    umgAtmos,
    sony360ra,
    netflix,
    primeVideo,
    ebuR128,
    ebuR128S1,
    ebuR128S2,
    atscA85,
    aribTrB32,
    freetvOp59,
    aesTd1008,
    archive,
  ].map(parseProfile),
);

/** The ids of all profiles. */
export const profileIds = (): string[] => profiles.map(({ id }) => id);

/**
 * Finds a profile by its id.
 * @throws ConfigError "unknown-profile" with the nearest id as a suggestion
 */
export function getProfile(id: string): Profile {
  const profile = profiles.find((candidate) => candidate.id === id);
  if (profile) return profile;
  const near = nearestName(id, profileIds());
  throw new ConfigError('unknown-profile', `unknown profile "${id}"; known are ${profileIds().join(', ')}`, {
    hint: near && `did you mean "${near}"?`,
  });
}
