/** How a client behaves. */
export interface ClientOptions {
  /** Milliseconds until a call is given up, reconnecting included. Default: 30,000. */
  readonly timeout?: number | undefined;
  /** Milliseconds in which a connection must come about, the token shown. Default: 10,000. */
  readonly connectTimeout?: number | undefined;
  /** While events are followed: how often the service is asked whether it lives. Default: 30,000. */
  readonly heartbeat?: number | undefined;
  /**
   * Asks each service that is connected to whether it has the schema that this client was made
   * from, beside all other calls. Default: yes.
   */
  readonly versionCheck?: boolean | undefined;
  /** Bytes of one message that the service takes. Default: 6 MiB, as the service has it. */
  readonly messageBytes?: number | undefined;
  /** Hears what a person should know, such as another version. Default: the console. */
  readonly onWarning?: ((text: string) => void) | undefined;
}
