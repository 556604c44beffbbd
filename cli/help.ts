import { API_VERSIONS } from '../batch/context';

/** What `--help` prints. */
export const HELP = `Checks, prices and submits batch files for Anthropic's Message Batches API.

  message-batches check    FILE...|-  [--format text|json|github|sarif] [--max-problems N]
  message-batches check    --fix RULE,… [-o OUT] FILE   mends the findings of these rules in a copy, and checks that
  message-batches estimate FILE...|-  [--format text|json] [--per-request] [--compare] [--calibrate]
  message-batches submit   FILE
  message-batches run      FILE [-o OUT] [--retry N]   submit, wait, fetch; started again it goes on where it was
  message-batches status   [RUN]
  message-batches cancel   RUN
  message-batches results  RUN [-o OUT] [--merged [--input-order]]   merged: with those of its retries, as one
  message-batches retry    RUN [-o FILE] [--only errored,expired,canceled,missing,truncated] [--max-tokens N]
  message-batches create   TEMPLATE DATA -o FILE   {{column}} in the template, from CSV, TSV, JSON, JSON Lines or a folder
  message-batches convert  FILE [--to openai|bedrock|vertex|create-body] [--model M] -o OUT   without --to: to a batch file
  message-batches edit     FILE [--where CONDITION] EDIT... [-o OUT]   many requests at once, in a copy
  message-batches edit     FILE --sample N|--shuffle [--seed S] | --split N|SIZE | --split-by FIELD [-o OUT]   new files
  message-batches report   [--since DAY] [--until DAY] [--format csv|json]   what every run was to cost, and did
  message-batches sandbox  [--port N] [--row '2% expired']... [--seed TEXT]   a local API that costs nothing; rows that fail
  message-batches lsp      --stdio            the language server

RUN is a run's id, its batch's id, the beginning of either, or the path of the submitted file.

An EDIT, made in this order:
  --drop-duplicates custom_id|params   all but the first
  --remove FIELD         such as temperature or metadata.user_id; may be repeated
  --set FIELD=VALUE      JSON or plain text; may be repeated
  --model MODEL
  --renumber PREFIX      the custom_ids; --prefix PREFIX is put before them; old and new ones go to a .ids.csv
  --minify               takes the blanks between tokens out
  CONDITION is FIELD=VALUE, FIELD!=VALUE, FIELD~PATTERN, FIELD (it is there) or !FIELD (it is not)
What a file is judged by (before message-batches.json):
  --api-version V        ${API_VERSIONS.join(' or ')}
  --beta NAME            a beta, as in the anthropic-beta header; may be repeated
  --max-cost USD         refuse what could cost more; --over-budget sends it all the same, this once
What an estimate may do:
  --compare              the same requests with every other model, and how many it would refuse
  --calibrate            have the API count the tokens of a sample (free) and estimate this file by that from now on
Where batches go:
  --base-url URL         or ANTHROPIC_BASE_URL; the key comes from ANTHROPIC_API_KEY or ANTHROPIC_AUTH_TOKEN
  --key-header NAME      authorization or x-api-key, where a gateway takes the key in one of them only
  --header "NAME: VALUE" one more header that a gateway wants; may be repeated
                         HTTPS_PROXY, HTTP_PROXY, NO_PROXY and NODE_EXTRA_CA_CERTS are honoured
  --state-dir FOLDER     the journal of runs and refreshed models, or MESSAGE_BATCHES_STATE_DIR
  --poll-interval SEC    how often to ask, instead of backing off
  --allow-failed N|N%    so many failed requests are still exit code 0
  --format text|json     what submit, run, status, cancel and results print
  --skip-invalid         send the requests without errors; the others go to a file of their own
  --allow-errors         send requests with errors, too
  --split-at N|SIZE      more requests, or more than such as 50MB, go over as several batches of one run;
                         by default what the API takes: 100,000 requests, 256 MB
When it is not known whether a submission made a batch:
  --settle SEC           how long to look for it, 120 by default
  --adopt ID             this batch it is
  --resend               no batch was made: send again
When requests failed:
  --retry N              buy those again that may succeed, up to N times, and write all results as one file
When the same requests were answered before:
  --again                buy them once more

Exit codes: 0 all well; 1 errors in the file, or it could cost too much, nothing was sent; 2 usage, files, network or API;
3 the results are on disk, but not every request was answered; 4 undecided, a batch may have been bought.
The last line on stderr says whether anything was sent.
`;
