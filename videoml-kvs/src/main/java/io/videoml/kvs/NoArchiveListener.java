package io.videoml.kvs;

/** Hears nothing, wherever it travels. */
enum NoArchiveListener implements KvsArchiveListener {
  INSTANCE;

  @Override
  public void onMissing(String source, KvsArchivedFragment fragment, String reason) {}
}
