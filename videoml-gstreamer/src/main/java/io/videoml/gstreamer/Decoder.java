package io.videoml.gstreamer;

import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * One of GStreamer's decoders, installed here.
 *
 * @param name of its factory, as {@code "avdec_h264"}
 * @param rank GStreamer's own
 * @param device that decodes, as {@code "cuda"}; empty for the processor
 */
record Decoder(String name, int rank, String device) {
  // Factories that are decoders, of video or images, by their class.
  private static final long VIDEO_DECODERS = 1L | 1L << 49 | 1L << 51;
  private static final int MARGINAL = 64;

  /** Names of device decoders start so, the most direct first. */
  private static final List<Map.Entry<String, String>> DEVICES =
      List.of(
          Map.entry("nv", "cuda"),
          Map.entry("vtdec", "videotoolbox"),
          Map.entry("d3d11", "d3d11va"),
          Map.entry("vaapi", "vaapi"),
          Map.entry("va", "vaapi"),
          Map.entry("qsv", "qsv"),
          Map.entry("msdk", "qsv"),
          Map.entry("v4l2sl", "v4l2"),
          Map.entry("v4l2", "v4l2"));

  boolean hardware() {
    return !device.isEmpty();
  }

  /** Returns the decoders of these caps, the best first: devices, then by rank. */
  static List<Decoder> of(long caps) {
    List<Decoder> found = new ArrayList<>();
    long list = Gst.gst_element_factory_list_get_elements(VIDEO_DECODERS, MARGINAL);
    for (long node = list; node != 0; node = new Pointer(node).getLong(8)) {
      long factory = new Pointer(node).getLong(0);
      String kind = kind(factory);
      boolean decodes = kind.contains("Decoder") && !kind.contains("Bin");
      if (decodes && Gst.gst_element_factory_can_sink_any_caps(factory, caps) != 0) {
        String name = Natives.take(Gst.gst_object_get_name(factory));
        if (name.contains("alphadecode")) {
          continue; // only for streams with transparency, which nobody sees
        }
        int rank = Gst.gst_plugin_feature_get_rank(factory);
        found.add(new Decoder(name, rank, device(name, kind)));
      }
    }
    Gst.gst_plugin_feature_list_free(list);
    found.sort(
        Comparator.comparingInt(Decoder::order)
            .thenComparing(Comparator.comparingInt(Decoder::rank).reversed())
            .thenComparing(Decoder::name));
    return found;
  }

  /** Returns the class of a factory, as {@code "Codec/Decoder/Video"}. */
  static String kind(long factory) {
    String kind = Gst.gst_element_factory_get_metadata(factory, "klass");
    return kind == null ? "" : kind;
  }

  /** Returns the device of the decoder of this name; empty for the processor. */
  static String deviceOf(String name) {
    long factory = Gst.gst_element_factory_find(name);
    if (factory == 0) {
      return "";
    }
    try {
      return device(name, kind(factory));
    } finally {
      Gst.gst_object_unref(factory);
    }
  }

  private static String device(String name, String kind) {
    for (Map.Entry<String, String> device : DEVICES) {
      if (name.startsWith(device.getKey())) {
        return device.getValue();
      }
    }
    return kind.contains("Hardware") ? "hardware" : "";
  }

  /** Returns whether it can be started here: its device is there and free. */
  boolean starts() {
    long factory = Gst.gst_element_factory_find(name);
    if (factory == 0) {
      return false;
    }
    long made = Gst.gst_element_factory_create(factory, /* noName= */ 0);
    Gst.gst_object_unref(factory);
    if (made == 0) {
      return false;
    }
    long element = Gst.gst_object_ref_sink(made);
    boolean ready = Gst.gst_element_set_state(element, Gst.STATE_READY) != Gst.STATE_CHANGE_FAILURE;
    Gst.gst_element_set_state(element, Gst.STATE_NULL);
    Gst.gst_object_unref(element);
    return ready;
  }

  private int order() {
    for (int i = 0; i < DEVICES.size(); i++) {
      if (hardware() && name.startsWith(DEVICES.get(i).getKey())) {
        return i;
      }
    }
    return DEVICES.size() + (hardware() ? 0 : 1);
  }
}
