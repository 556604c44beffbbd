/** Made from schemas/batch-request.schema.json by scripts/validator-plugin.mjs when we build. */
declare module 'compiled-validator' {
  /** Whether a parsed line has the shape that the schema asks for. */
  export default function validate(line: unknown): boolean;
}
