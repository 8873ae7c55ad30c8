import { describe, expect, it } from 'vitest';
import { machineTime, type ToldExchange } from '../../src/interceptors/record/told-exchange.js';
import { createExchangeIntake } from '../../src/workers/exchange-intake.js';
import type { HandedOver, HandOver } from '../../src/workers/own-exchanges.js';

function told(id: string, endedAt: number, host?: string): ToldExchange {
  const head = {
    id,
    user: undefined,
    host,
    at: 0,
    peer: undefined,
    tls: false,
    sealed: false,
    charset: undefined,
  };
  const what = { outcome: 'answered', status: 200 } as ToldExchange['what'];
  return { head, what, request: new Uint8Array(), answer: new Uint8Array(), endedAt };
}

const handed = (exchanges: readonly ToldExchange[], lost = 0): HandedOver => ({ exchanges, lost, isMore: false });

/** A record that shows what it was given, and how many it was told are lost; processes that hand over what they are given here. */
function intakeOf(answer: (wanted: HandOver) => readonly HandedOver[]) {
  const kept: string[] = [];
  const recorder = {
    take: ({ id }: { id: string }) => void kept.push(id),
    skip: (n: number) => void (n && kept.push(`-${n}`)),
  };
  const intake = createExchangeIntake(
    () => recorder,
    async (wanted, add) => answer(wanted).forEach(add),
  );
  return { intake, kept };
}

describe('exchanges of several processes', () => {
  it('are kept in the order in which they ended, behind those that are lost', async () => {
    const { intake, kept } = intakeOf(() => [handed([told('a1', 10), told('a2', 30)]), handed([told('b1', 20)], 7)]);
    await intake.gather();
    expect(kept).toEqual(['-7', 'a1', 'b1', 'a2']);
  });

  it('that end while the others are asked have their turn later', async () => {
    const rounds = [[handed([told('a1', 10)])], [handed([told('b1', 20)])]];
    const { intake, kept } = intakeOf(() => rounds.shift() ?? []);
    intake.add(handed([told('last of one that ended', machineTime() + 1e6)]));
    await intake.gather();
    await intake.gather();
    expect(kept).toEqual(['a1', 'b1']);
    intake.close();
    expect(kept).toEqual(['a1', 'b1', 'last of one that ended']);
  });

  it('that had ended when all was forgotten only have their numbers', async () => {
    const before = machineTime();
    const { intake, kept } = intakeOf(({ until }) => [handed([told('a1', before), told('a2', until)])]);
    intake.forget();
    await intake.gather();
    expect(kept).toEqual(['-1', 'a2']);
  });

  it('that one of several computers was asked are forgotten without those of others', async () => {
    const before = machineTime();
    const { intake, kept } = intakeOf(() => [handed([told('a1', before, 'srv01'), told('b1', before, 'srv02')])]);
    intake.forget('srv01');
    await intake.gather();
    expect(kept).toEqual(['-1', 'b1']);
  });

  it('are asked for once by all who ask at the same time, and again by who comes later', async () => {
    let asked = 0;
    const { intake } = intakeOf(() => {
      asked += 1;
      return [];
    });
    await Promise.all([intake.gather(), intake.gather()]);
    expect(asked).toBe(1);
    await intake.gather();
    expect(asked).toBe(2);
  });
});
