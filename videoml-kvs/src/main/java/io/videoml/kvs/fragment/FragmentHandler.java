package io.videoml.kvs.fragment;

/**
 * Receives what a {@link FragmentReader} finds, in the order of the stream: the start of a
 * fragment, its frames, its end. A fragment that ends before the time of its cluster has no start,
 * only an end, as one that is an error of the service.
 *
 * <p>Threading: called by the thread that feeds the reader, within {@code feed} and {@code end}.
 */
public interface FragmentHandler {

  /**
   * A fragment's cluster begins.
   *
   * @param fragment what came of it before: number, times and tracks as a rule; not complete
   */
  void onStart(KvsFragment fragment);

  /** A whole frame; laced ones come one by one. */
  void onFrame(KvsFrame frame);

  /**
   * A fragment ended: its last tags came, the next began, the stream ended, or it was cut off. Of
   * GetMedia it is called as soon as the continuation token came.
   *
   * @param fragment all of it, and whether it is complete
   */
  void onEnd(KvsFragment fragment);
}
