package io.videoml.kvs.fragment;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;

/**
 * Reads fragments from whatever bytes it is fed, in whatever pieces: the network, a file, a fuzzer.
 */
public final class FragmentReader {
  private final FragmentHandler handler;
  private final FragmentLimits limits;

  public FragmentReader(FragmentHandler handler, FragmentLimits limits) {
    this.handler = requireNonNull(handler, "handler");
    this.limits = requireNonNull(limits, "limits");
  }

  /** Reads on; takes all bytes. */
  public void feed(ByteBuffer bytes) {
    if (!bytes.hasRemaining()) {
      return;
    }
    throw new UnsupportedOperationException("not built yet: " + handler + limits + bytes);
  }

  /** Ends the stream. */
  public void end() {}
}
