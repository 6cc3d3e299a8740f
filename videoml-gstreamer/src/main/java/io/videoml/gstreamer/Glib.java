package io.videoml.gstreamer;

/** GLib's functions, bound directly: addresses are longs. */
@SuppressWarnings("MemberName") // C's names
final class Glib {
  private Glib() {}

  static native void g_free(long memory);

  static native void g_error_free(long error);

  static native String g_quark_to_string(int quark);
}
