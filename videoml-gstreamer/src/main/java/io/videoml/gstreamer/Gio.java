package io.videoml.gstreamer;

/** GIO's functions for certificates, bound directly. */
@SuppressWarnings("MemberName") // C's names
final class Gio {
  private Gio() {}

  static native long g_tls_file_database_new(String anchors, long[] error);
}
