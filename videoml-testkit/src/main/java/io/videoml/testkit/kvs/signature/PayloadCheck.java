package io.videoml.testkit.kvs.signature;

import io.videoml.testkit.kvs.http.HttpRequest;

/** What of the body is signed: its hash, or what stands in its place. */
final class PayloadCheck {
  private static final String HEADER = "x-amz-content-sha256";
  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

  /** What the Java SDK of version 1 signs for PutMedia, although its chunks are plain. */
  private static final String STREAMING = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";

  private static final String EMPTY = Canonical.hash(new byte[0]);

  private final boolean unsignedAllowed;

  PayloadCheck(boolean unsignedAllowed) {
    this.unsignedAllowed = unsignedAllowed;
  }

  String hashOf(HttpRequest request, byte[] body) throws RefusedException {
    String actual = Canonical.hash(body);
    String sent = request.header(HEADER).orElse(actual);
    if (sent.equals(UNSIGNED) && unsignedAllowed) {
      return sent;
    }
    if (!sent.equals(actual)) {
      throw new RefusedException(
          "InvalidSignatureException",
          sent.equals(UNSIGNED)
              ? "UNSIGNED-PAYLOAD is not accepted"
              : "x-amz-content-sha256 is not the hash of the body");
    }
    return sent;
  }

  /** The C producer signs the empty body, and says nothing about it. */
  String hashOfStream(HttpRequest request) throws RefusedException {
    String sent = request.header(HEADER).orElse(EMPTY);
    if (sent.equals(EMPTY)
        || sent.equals(STREAMING)
        || (sent.equals(UNSIGNED) && unsignedAllowed)) {
      return sent;
    }
    throw new RefusedException(
        "InvalidSignatureException",
        "PutMedia is signed with the hash of nothing, or " + STREAMING);
  }
}
