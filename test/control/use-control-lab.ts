import { afterEach } from 'vitest';
import { type ControlLab, controlLab } from './control-lab.js';

/** Opens labs that are closed behind each test. */
export function useControlLab(): typeof controlLab {
  const open: ControlLab[] = [];
  afterEach(async () => {
    for (const lab of open.splice(0)) await lab.close();
  });
  return async (...given) => {
    const lab = await controlLab(...given);
    open.push(lab);
    return lab;
  };
}
