/** The two ways to read MOF: as DSP0004 2.x has it, or as Windows' compiler (mofcomp) takes it. */
export type MofDialect = 'dmtf' | 'windows';

/** A dialect for all texts, or `auto`: that of Windows for each text that shows its marks. */
export type MofDialectChoice = MofDialect | 'auto';

/** All choices, the default of commands first. */
export const MOF_DIALECTS: readonly MofDialectChoice[] = ['auto', 'dmtf', 'windows'];
