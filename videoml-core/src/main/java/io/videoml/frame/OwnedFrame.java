package io.videoml.frame;

/**
 * A frame that its holder owns, and closes when done.
 *
 * <p>Threading: closable from any thread, while others read; they then get {@link
 * IllegalStateException} at their next call.
 */
public interface OwnedFrame extends Frame, AutoCloseable {
  /** Gives the memory back once no other handle holds it. Closing again does nothing. */
  @Override
  void close();
}
