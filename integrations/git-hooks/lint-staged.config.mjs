// Copy to the top of the repository. lint-staged hides what is not staged while handlervet runs.
export default {
  '*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}': 'handlervet check',
};
