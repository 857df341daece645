import JSONRPC

/// A method of this service: it runs on the one actor.
package protocol ServiceMethod: Method where Context == OperationCenter {}

/// One whose answer may come later.
package protocol ServiceJob: JobMethod where Context == OperationCenter {}
