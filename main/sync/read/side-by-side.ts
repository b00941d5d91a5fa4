/**
 * Carries out two readings at once. When one of them fails, the other ends at its next page, and nothing goes on when this has thrown.
 * @param one, other call `goOn` between two pages; it throws where the reading is of no use any more.
 * @throws whatever the first of them to fail has thrown.
 */
export async function sideBySide<One, Other>(
  one: (goOn: () => void) => Promise<One>,
  other: (goOn: () => void) => Promise<Other>,
): Promise<[One, Other]> {
  const failures: unknown[] = [];
  const goOn = () => {
    if (failures.length > 0) throw new Error('The other reading has failed');
  };
  const watched = async <Value>(reading: Promise<Value>): Promise<Value> => {
    try {
      return await reading;
    } catch (error) {
      failures.push(error);
      throw error;
    }
  };
  const both = [watched(one(goOn)), watched(other(goOn))] as const;
  await Promise.allSettled(both);
  if (failures.length > 0) throw failures[0];
  return Promise.all(both);
}
