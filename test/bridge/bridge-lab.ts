import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { defineProvider } from '../../src/cim/contracts/define-provider.js';
import type { Endpoint } from '../../src/endpoint/endpoint.js';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';

export const namespace = 'root/cimv2/storage/iScsiTarget';
export const PASSWORD = 'Se"cret-\\1';

/** Parts of two classes with values of every kind, an association between them, and many items. */
function lab(items: number): string {
  const classes = `
#pragma namespace("${namespace}")
[Version("2.0.0")] class LAB_Note { string Text; uint16 Rank; };
[Abstract, Version("2.0.0")] class LAB_Part { [Key] uint16 Id; [Write] string Label; };
[Version("2.0.0")] class LAB_Fan : LAB_Part {
  uint64 Turns; sint64 Drift; real64 Load; datetime Made; datetime Runs; char16 Mark; [OctetString] uint8 Octets[];
  string Names[]; [EmbeddedInstance("LAB_Note")] string Remark; boolean Lit;
  [Description("Repeats what it is given."), ValueMap{"0","7"}, Values{"Done","Refused"}]
  uint32 Echo([In] uint64 Size, [In] char16 Mark, [In] datetime At, [In] LAB_Part REF Other, [In, EmbeddedInstance("LAB_Note")] string Note,
    [In] string Names[], [In(false), Out] uint64 SizeOut, [In(false), Out] char16 MarkOut, [In(false), Out] datetime AtOut,
    [In(false), Out] LAB_Part REF OtherOut, [In(false), Out, EmbeddedInstance("LAB_Note")] string NoteOut,
    [In(false), Out] string NamesOut[]);
  uint32 Wait([In] uint32 Milliseconds);
  [Static] uint32 Count([In(false), Out] uint32 Number);
};
[Version("2.0.0")] class LAB_Lamp : LAB_Part { boolean Lit; real32 Glow; };
[Association, Version("2.0.0")] class LAB_Cools { [Key] LAB_Fan REF Fan; [Key] LAB_Part REF Part; };
[Version("2.0.0")] class LAB_Item { [Key] string Id; uint32 N; };
instance of LAB_Note as $Note { Text = "careful"; Rank = 2; };
instance of LAB_Fan { Id = 1; Turns = 18446744073709551615; Drift = -9223372036854775808; Load = 0.5; Made = "20261129200000.000000+060";
  Runs = "00000001020304.000000:000"; Mark = 'x'; Names = { "a", "b" }; Remark = $Note; Lit = true; };
instance of LAB_Lamp { Id = 2; Lit = false; Glow = 0.25; Label = "left"; };
instance of LAB_Cools { Fan = "LAB_Fan.Id=1"; Part = "LAB_Lamp.Id=2"; };
`;
  const many = Array.from({ length: items }, (_, n) => `instance of LAB_Item { Id="i${n}"; N=${n}; };`);
  return [classes, ...many].join('\n');
}

const fans = defineProvider('LAB_Fan', {
  methods: {
    async Echo({ Size, Mark, At, Other, Note, Names }, { explain }) {
      if (Size === 7n) {
        explain('seven is too many');
        return { ReturnValue: 7 };
      }
      const given = { SizeOut: Size, MarkOut: Mark, AtOut: At, OtherOut: Other, NoteOut: Note, NamesOut: Names };
      return {
        ReturnValue: 0,
        ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
      };
    },
    async Wait({ Milliseconds }) {
      await sleep(Number(Milliseconds));
      return { ReturnValue: 0 };
    },
    async Count() {
      return { ReturnValue: 0, Number: 3 };
    },
  },
});

/** A running endpoint with the lab, and what it saw. */
export interface BridgeLab {
  readonly endpoint: Endpoint;
  readonly url: string;
  /** Last segments of the actions of all messages. */
  readonly actions: readonly string[];
  /** All messages. */
  readonly messages: readonly string[];
  close(): Promise<void>;
}

/** @param hold is awaited before a message is answered, with the last segment of its action */
export async function startBridgeLab(items = 0, hold?: (action: string) => Promise<void>): Promise<BridgeLab> {
  const folder = await mkdtemp(join(tmpdir(), 'cimulator-'));
  const file = join(folder, 'lab.mof');
  await writeFile(file, lab(items));
  const messages: string[] = [];
  const endpoint = await startEndpoint({
    users: [
      { name: 'writer', password: PASSWORD },
      { name: 'reader', password: 'other', roles: ['read'] },
    ],
    lab: file,
    logLevel: 'silent',
    providers: [fans],
    interceptors: {
      message: [
        (next) => async (request, call) => {
          const message = Buffer.from(request.body).toString();
          messages.push(message);
          await hold?.(actionOf(message));
          return next(request, call);
        },
      ],
    },
  });
  return {
    endpoint,
    url: endpoint.http?.url ?? '',
    messages,
    get actions() {
      return messages.map(actionOf);
    },
    async close() {
      await endpoint.close();
      await rm(folder, { recursive: true });
    },
  };
}

function actionOf(message: string): string {
  return /<a:Action[^>]*>[^<]*\/([^<]*)</.exec(message)?.[1] ?? 'Identify';
}

/** A target in the lab. */
export function targetOf({ url }: BridgeLab, changes: Readonly<Record<string, unknown>> = {}) {
  return { url, authentication: 'negotiate', user: 'writer', password: PASSWORD, ...changes };
}
