/** `lmdb` writes each commit that fails to the console, with its stack, besides throwing it: on a full disk that is each request. */
const NOISY = /(lmdbError\(status\);\s+\} catch \(error\) \{\s+)console\.error\(error\);/;

export const quietLmdb = {
  name: 'quiet-lmdb',

  transform(code, id) {
    if (!id.replaceAll('\\', '/').endsWith('/node_modules/lmdb/write.js')) return null;
    if (!NOISY.test(code)) throw new Error('lmdb is not as quiet-lmdb.mjs knows it');
    return { code: code.replace(NOISY, '$1'), map: null };
  },
};
