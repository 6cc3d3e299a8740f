package io.videoml.kvs.fragment;

/** A stream is not Matroska as the service sends it, or asks for more than the limits allow. */
public final class FragmentException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final long offset;

  /**
   * @param offset where in the stream, in bytes
   * @param message what was found there
   */
  public FragmentException(long offset, String message) {
    super("at byte " + offset + ": " + message);
    this.offset = offset;
  }

  /** Says again what made the reader fail. */
  FragmentException(FragmentException first) {
    super(first.getMessage(), first);
    this.offset = first.offset;
  }

  /** Returns where in the stream it was found, in bytes. */
  public long offset() {
    return offset;
  }
}
