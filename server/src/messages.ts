/**
 * Our messages, sent and received by name: client and server library each bring their own copy of the message types,
 * which TypeScript tells apart.
 */
import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { NotificationType, RequestType } from 'vscode-languageserver-protocol';

export function onRequest<P, R>(
  connection: Connection,
  { method }: RequestType<P, R, void>,
  handle: (params: P, token: CancellationToken) => Promise<R>,
): void {
  connection.onRequest(method, (params: P, token: CancellationToken) => handle(params, token) as Promise<unknown>);
}

export function onNotification<P>(
  connection: Connection,
  { method }: NotificationType<P>,
  handle: (params: P) => void,
): void {
  connection.onNotification(method, handle);
}

export function notify<P>(connection: Connection, { method }: NotificationType<P>, params: P): void {
  void connection.sendNotification(method, params);
}
