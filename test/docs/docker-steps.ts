/** An instruction of a Dockerfile, its continued lines joined. */
export interface DockerStep {
  readonly instruction: string;
  readonly text: string;
}

/** The instructions, without comments, in their order. */
export function dockerSteps(dockerfile: string): readonly DockerStep[] {
  const lines = dockerfile
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const [, instruction = '', text = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    return { instruction: instruction.toUpperCase(), text };
  });
}
