package io.videoml.gstreamer;

/** GObject's functions, bound directly. */
@SuppressWarnings("MemberName") // C's names
final class GObjects {
  private GObjects() {}

  static native void g_object_unref(long object);

  static native long g_object_ref(long object);

  static native void g_object_set_property(long object, String name, long value);

  static native void g_object_get_property(long object, String name, long value);

  static native long g_object_class_find_property(long objectClass, String name);

  static native long g_value_init(long value, long type);

  static native void g_value_unset(long value);

  static native void g_value_set_string(long value, String text);

  static native void g_value_set_object(long value, long object);

  static native long g_value_get_object(long value);

  static native long g_value_get_boxed(long value);
}
