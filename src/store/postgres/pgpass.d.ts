declare module 'pgpass' {
  interface Connection {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly database: string;
  }
  /** Looks into the file that PGPASSFILE names, or ~/.pgpass. */
  function lookUp(connection: Connection, found: (password: string | undefined) => void): void;
  namespace lookUp {
    /** Where warnings go; undefined: nowhere. */
    function warnTo(stream: NodeJS.WritableStream | undefined): void;
  }
  export = lookUp;
}
