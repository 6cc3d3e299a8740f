package io.videoml.kvs;

/** Hears nothing, wherever it travels. */
enum NoListener implements KvsListener {
  INSTANCE
}
