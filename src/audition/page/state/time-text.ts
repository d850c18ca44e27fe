/** Time as "m:ss.t", tenths cut off, hours in front where there are any: "0:07.3", "1:02:03.4". */
export const formatTime = (timeSec: number): string => {
  const tenths = Math.max(0, Math.floor(timeSec * 10 + 1e-6));
  const hours = Math.floor(tenths / 36000);
  const minutes = Math.floor(tenths / 600) % 60;
  const rest = `${String(Math.floor(tenths / 10) % 60).padStart(2, '0')}.${tenths % 10}`;
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
};

/** The same without tenths, for rulers: "1:30". */
export const formatWholeTime = (timeSec: number): string => formatTime(timeSec).slice(0, -2);

/** For listeners of a screen reader: "1 minute 30 seconds". */
export const spokenTime = (timeSec: number): string => {
  const seconds = Math.max(0, Math.floor(timeSec));
  const minutes = Math.floor(seconds / 60);
  const part = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
  return [minutes > 0 ? part(minutes, 'minute') : '', part(seconds % 60, 'second')].filter(Boolean).join(' ');
};
