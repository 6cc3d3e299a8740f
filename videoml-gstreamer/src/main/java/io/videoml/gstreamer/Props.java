package io.videoml.gstreamer;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/** Sets properties of native objects, text never by way of a launch description. */
final class Props {
  private static final long TYPE_STRING = 16 << 2;
  private static final long TYPE_OBJECT = 20 << 2;
  private static final int VALUE_BYTES = 24;

  private Props() {}

  /** Sets a property of any simple type from its text, as {@code "tcp"} or {@code "42"}. */
  static void set(long object, String name, String value) {
    Gst.gst_util_set_object_arg(object, name, value);
  }

  /** As {@link #set}, where this release of GStreamer has the property. */
  static void setIfKnown(long object, String name, String value) {
    if (has(object, name)) {
      set(object, name, value);
    }
  }

  /** Sets a text, whatever characters are in it. */
  static void setText(long object, String name, String value) {
    try (Memory memory = value()) {
      long address = Pointer.nativeValue(memory);
      GObjects.g_value_init(address, TYPE_STRING);
      GObjects.g_value_set_string(address, value);
      GObjects.g_object_set_property(object, name, address);
      GObjects.g_value_unset(address);
    }
  }

  /** Sets an object, and gives up the caller's reference. */
  static void setObject(long object, String name, long value) {
    try (Memory memory = value()) {
      long address = Pointer.nativeValue(memory);
      GObjects.g_value_init(address, TYPE_OBJECT);
      GObjects.g_value_set_object(address, value);
      GObjects.g_object_set_property(object, name, address);
      GObjects.g_value_unset(address);
    }
    GObjects.g_object_unref(value);
  }

  /** Returns the sum of counters in a property that is a structure; 0 where there is none. */
  static long counters(long object, String name, String... fields) {
    if (!has(object, name)) {
      return 0;
    }
    long sum = 0;
    try (Memory memory = value()) {
      long address = Pointer.nativeValue(memory);
      GObjects.g_object_get_property(object, name, address); // takes the property's type
      long structure = GObjects.g_value_get_boxed(address);
      long[] value = new long[1];
      for (String field : fields) {
        if (structure != 0 && Gst.gst_structure_get_uint64(structure, field, value) != 0) {
          sum += value[0];
        }
      }
      GObjects.g_value_unset(address);
    }
    return sum;
  }

  static boolean has(long object, String name) {
    long objectClass = new Pointer(object).getLong(0);
    return GObjects.g_object_class_find_property(objectClass, name) != 0;
  }

  static Memory value() {
    Memory memory = new Memory(VALUE_BYTES);
    memory.clear();
    return memory;
  }
}
