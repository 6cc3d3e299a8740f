package io.videoml.testkit.kvs.service;

/** An error that the service answers. */
public final class ServiceException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;

  /** An error with HTTP's status and AWS's name. */
  public ServiceException(int status, String type, String message) {
    super(message);
    this.status = status;
    this.type = type;
  }

  /** A parameter is wrong. */
  public static ServiceException invalid(String message) {
    return new ServiceException(400, "InvalidArgumentException", message);
  }

  /** There is no such stream. */
  public static ServiceException streamNotFound(String name) {
    return new ServiceException(
        404, "ResourceNotFoundException", "The requested stream is not found: " + name);
  }

  static ServiceException tooManyConnections(String what) {
    return new ServiceException(
        400,
        "ConnectionLimitExceededException",
        "Kinesis Video Streams has throttled the request because you have exceeded the limit of "
            + what);
  }

  static ServiceException tooManyRequests(String what) {
    return new ServiceException(
        400,
        "ClientLimitExceededException",
        "Kinesis Video Streams has throttled the request because you have exceeded the limit of "
            + what);
  }

  /** Returns HTTP's status. */
  public int status() {
    return status;
  }

  /** Returns AWS's name of the error. */
  public String type() {
    return type;
  }
}
