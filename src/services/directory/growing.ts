/** Lists of numbers that grow: nothing of them is an object that a collector would have to move. */

type Numbers = Uint8Array | Uint16Array | Uint32Array;

/** Room for `needed` numbers: the list itself, or one twice as long with the same in it. */
export function roomFor<T extends Numbers>(list: T, needed: number): T {
  if (needed <= list.length) return list;
  const longer = new (list.constructor as new (length: number) => T)(Math.max(needed, list.length * 2));
  longer.set(list);
  return longer;
}
