// What the server answers to a confirmation, and how it reads. Nothing here is of VS Code.

/** What came of confirming a finding. */
export interface Verdict {
  readonly rule: string;
  readonly message: string;
  /** Counted from 1. */
  readonly line: number;
  /** `confirmed`, `conditional` and others; empty if the finding cannot be confirmed. */
  readonly verdict: string;
  /** The run, a numbered step an element, or the reason why there is none. */
  readonly witness: readonly string[];
}

/** The findings in an answer of the server, or nothing if it is not an answer to a confirmation. */
export function verdicts(answer: unknown): readonly Verdict[] | undefined {
  const findings = (answer as { findings?: unknown } | null | undefined)?.findings;
  return Array.isArray(findings) ? (findings as Verdict[]) : undefined;
}

/** The runs as text: each finding, what came of it, and the steps. */
export function describe(file: string, found: readonly Verdict[]): string {
  return found
    .map(({ rule, message, line, verdict, witness }) => {
      const steps = witness.map((step) => `  ${step}`);
      return [`${file}:${line}: ${message} [${rule}]`, verdict, ...steps, ''].join('\n');
    })
    .join('\n');
}
