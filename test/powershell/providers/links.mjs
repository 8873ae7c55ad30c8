/** Takes the associations of some classes that lead to an instance away with it. */
export function links(...associations) {
  return async (instance, { store }) => {
    const found = await store.referencing(instance.path, { classNames: associations });
    await store.deleteMany(found.map(({ path }) => path));
  };
}
