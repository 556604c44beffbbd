/** A number in [0, 1) that belongs to a text: the sandbox answers the same request alike, every time. */
export function fractionOf(text: string): number {
  return hash32(text) / 2 ** 32;
}

/** 0 … `length` − 1 in an order that belongs to `seed`. */
export function shuffled(length: number, seed: string): Uint32Array {
  const order = Uint32Array.from({ length }, (_, index) => index);
  let state = hash32(seed);
  for (let last = length - 1; last > 0; last--) {
    state = mix(state + 0x6d2b79f5);
    const other = state % (last + 1);
    const taken = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = taken;
  }
  return order;
}

/** FNV-1a, mixed once more so that texts that differ in their last digit lie far apart. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mix(hash);
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
