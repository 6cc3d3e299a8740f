package io.videoml.kvs.produce;

/**
 * Is told what becomes of fragments and connections.
 *
 * <p>Threading: one thread of the writer, in order. While it takes its time, nothing is sent; what
 * it throws is logged.
 */
@FunctionalInterface
public interface ProducerListener {
  /** Takes an event. */
  void onEvent(ProducerEvent event);
}
