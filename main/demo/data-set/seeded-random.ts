import type { Random } from '../../ports/random.ts';

/** A `Random` whose whole sequence follows from `seed` (sfc32: fast, 128 bits of state). */
export function seededRandom(seed: number): Random {
  let a = seed | 0;
  let b = 0x9e3779b9 | 0;
  let c = 0x243f6a88 | 0;
  let counter = 1;
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // The first numbers of neighbouring seeds are alike; these are thrown away.
  for (let round = 0; round < 15; round += 1) next();
  const hex = () => next().toString(16).padStart(8, '0');
  return {
    fraction: () => next() / 2 ** 32,
    uuid() {
      const digits = hex() + hex() + hex() + hex();
      const variant = '89ab'.charAt(parseInt(digits.charAt(16), 16) % 4);
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
    },
  };
}
