package io.videoml.gstreamer;

import org.jspecify.annotations.Nullable;

/** GStreamer's own functions, bound directly. */
@SuppressWarnings("MemberName") // C's names
final class Gst {
  static final int STATE_NULL = 1;
  static final int STATE_READY = 2;
  static final int STATE_PLAYING = 4;
  static final int STATE_CHANGE_FAILURE = 0;

  static final int MESSAGE_EOS = 1;
  static final int MESSAGE_ERROR = 1 << 1;
  static final int MESSAGE_WARNING = 1 << 2;
  static final int MESSAGE_ELEMENT = 1 << 15;

  static final int ITERATOR_OK = 1;
  static final int ITERATOR_RESYNC = 2;

  /** The time of a buffer that has none. */
  static final long NO_TIME = -1;

  private Gst() {}

  static native void gst_segtrap_set_enabled(int enabled);

  static native int gst_init_check(long argc, long argv, long[] error);

  static native void gst_version(int[] major, int[] minor, int[] micro, int[] nano);

  static native void gst_object_unref(long object);

  static native long gst_object_ref_sink(long object);

  static native long gst_object_get_name(long object);

  static native long gst_mini_object_ref(long object);

  static native void gst_mini_object_unref(long object);

  static native void gst_util_set_object_arg(long object, String name, String value);

  static native long gst_parse_launch_full(String text, long context, int flags, long[] error);

  static native int gst_element_set_state(long element, int state);

  static native long gst_element_get_bus(long element);

  static native long gst_element_get_factory(long element);

  static native long gst_element_get_static_pad(long element, String name);

  static native long gst_pad_get_current_caps(long pad);

  static native long gst_bin_get_by_name(long bin, String name);

  static native long gst_bin_iterate_recurse(long bin);

  static native int gst_iterator_next(long iterator, long value);

  static native void gst_iterator_resync(long iterator);

  static native void gst_iterator_free(long iterator);

  static native long gst_bus_timed_pop_filtered(long bus, long timeoutNanos, int types);

  static native void gst_message_parse_error(long message, long[] error, long[] debug);

  static native void gst_message_parse_warning(long message, long[] error, long[] debug);

  static native long gst_message_get_structure(long message);

  static native String gst_structure_get_name(long structure);

  static native @Nullable String gst_structure_get_string(long structure, String field);

  static native int gst_structure_get_uint64(long structure, String field, long[] value);

  static native long gst_caps_to_string(long caps);

  static native long gst_caps_from_string(String text);

  static native long gst_caps_get_structure(long caps, int index);

  static native int gst_structure_get_int(long structure, String field, int[] value);

  static native int gst_structure_get_fraction(
      long structure, String field, int[] numerator, int[] denominator);

  static native long gst_sample_get_buffer(long sample);

  static native long gst_sample_get_caps(long sample);

  static native int gst_buffer_get_flags(long buffer);

  static native long gst_buffer_get_size(long buffer);

  static native long gst_buffer_extract(long buffer, long offset, long target, long size);

  static native long gst_buffer_get_reference_timestamp_meta(long buffer, long caps);

  static native long gst_element_factory_find(String name);

  static native long gst_element_factory_create(long factory, long noName);

  static native @Nullable String gst_element_factory_get_metadata(long factory, String key);

  static native long gst_element_factory_list_get_elements(long type, int minimumRank);

  static native int gst_element_factory_can_sink_any_caps(long factory, long caps);

  static native int gst_plugin_feature_get_rank(long feature);

  static native void gst_plugin_feature_list_free(long list);
}
