// A reporter for Node's test runner: how many tests passed, and how many did not, as one JSON object.
export default async function* countTests(events) {
  const total = {};
  for await (const { type, data } of events) {
    const [, what, count] = (type === 'test:diagnostic' && /^(\w+) (\d+)$/.exec(data.message)) || [];
    if (what) total[what] = Number(count);
  }
  const { pass = 0, fail = 0, cancelled = 0, skipped = 0, todo = 0 } = total;
  yield JSON.stringify({ passed: pass, failed: fail + cancelled + skipped + todo });
}
