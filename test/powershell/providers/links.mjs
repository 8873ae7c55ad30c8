/** Takes the associations of a class that lead to an instance away with it. */
export function links(association) {
  return async (instance, { store }) => {
    const found = await store.referencing(instance.path, { classNames: [association] });
    await store.deleteMany(found.map(({ path }) => path));
  };
}
