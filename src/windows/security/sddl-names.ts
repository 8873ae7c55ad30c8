const BUILTIN = 'S-1-5-32-';

/** Security identifiers that SDDL has two letters for, those that are the same on every computer (MS-DTYP 2.5.1.1.1). */
const SIDS = {
  ...{ WD: 'S-1-1-0', CO: 'S-1-3-0', CG: 'S-1-3-1', OW: 'S-1-3-4', NU: 'S-1-5-2', IU: 'S-1-5-4', SU: 'S-1-5-6' },
  ...{ AN: 'S-1-5-7', ED: 'S-1-5-9', PS: 'S-1-5-10', AU: 'S-1-5-11', RC: 'S-1-5-12', SY: 'S-1-5-18' },
  ...{ LS: 'S-1-5-19', NS: 'S-1-5-20', AC: 'S-1-15-2-1', BA: `${BUILTIN}544`, BU: `${BUILTIN}545` },
  ...{ BG: `${BUILTIN}546`, PU: `${BUILTIN}547`, AO: `${BUILTIN}548`, SO: `${BUILTIN}549`, PO: `${BUILTIN}550` },
  ...{ BO: `${BUILTIN}551`, RE: `${BUILTIN}552`, RU: `${BUILTIN}554`, RD: `${BUILTIN}555`, NO: `${BUILTIN}556` },
  ...{ MU: `${BUILTIN}558`, LU: `${BUILTIN}559`, IS: `${BUILTIN}568`, CY: `${BUILTIN}569`, ER: `${BUILTIN}573` },
  CD: `${BUILTIN}574`,
};
export const SDDL_SIDS: ReadonlyMap<string, string> = new Map(Object.entries(SIDS));

/** The two letters of a security identifier. */
export const SID_NAMES: ReadonlyMap<string, string> = new Map(Array.from(SDDL_SIDS, ([name, sid]) => [sid, name]));

/** Rights of files and of keys that have a name as a whole. */
const WHOLE = {
  ...{ FA: 0x1f01ff, FR: 0x120089, FW: 0x120116, FX: 0x1200a0 },
  ...{ KA: 0xf003f, KR: 0x20019, KW: 0x20006, KX: 0x20019 },
};
export const WHOLE_RIGHTS: ReadonlyMap<string, number> = new Map(Object.entries(WHOLE));

/** Single rights, in the order in which they are written (MS-DTYP 2.5.1.1.2). */
const SINGLE = {
  ...{ CC: 0x1, DC: 0x2, LC: 0x4, SW: 0x8, RP: 0x10, WP: 0x20, DT: 0x40, LO: 0x80, CR: 0x100 },
  ...{ SD: 0x10000, RC: 0x20000, WD: 0x40000, WO: 0x80000 },
  ...{ GA: 0x10000000, GX: 0x20000000, GW: 0x40000000, GR: 0x80000000 },
};
export const SINGLE_RIGHTS: ReadonlyMap<string, number> = new Map(Object.entries(SINGLE));
