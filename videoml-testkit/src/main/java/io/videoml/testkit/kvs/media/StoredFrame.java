package io.videoml.testkit.kvs.media;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A frame as it was sent.
 *
 * @param track the track's number
 * @param timecodeMillis the frame's time in the producer's count: of the cluster, and its own
 * @param keyFrame whether it is marked as a key frame
 * @param data its bytes, read-only
 */
public record StoredFrame(int track, long timecodeMillis, boolean keyFrame, ByteBuffer data) {
  public StoredFrame {
    data = requireNonNull(data, "data").slice().asReadOnlyBuffer();
  }

  /** Returns the bytes, read-only, from the first to the last. */
  @Override
  public ByteBuffer data() {
    return data.duplicate();
  }

  /** Returns the number of bytes. */
  public int size() {
    return data.remaining();
  }

  /** Returns the SHA-256 of the bytes, in hexadecimal. */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(data.duplicate());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
