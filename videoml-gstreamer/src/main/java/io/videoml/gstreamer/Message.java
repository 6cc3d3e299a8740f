package io.videoml.gstreamer;

import com.sun.jna.Pointer;

/**
 * What an element reported.
 *
 * @param type GStreamer's code
 * @param domain of an error or warning, as {@code "gst-resource-error-quark"}; the codes of two
 *     domains overlap
 * @param code of an error or warning
 * @param text for people; the name of its structure where it is neither
 */
record Message(int type, String domain, int code, String text) {
  static final String RESOURCE = "gst-resource-error-quark";
  static final String STREAM = "gst-stream-error-quark";
  static final String CORE = "gst-core-error-quark";

  private static final int TYPE = 64; // in GstMessage, after the GstMiniObject

  /** Reads a native message, and gives up the caller's reference. */
  static Message take(long message) {
    try {
      int type = new Pointer(message).getInt(TYPE);
      if (type == Gst.MESSAGE_ERROR || type == Gst.MESSAGE_WARNING) {
        return fault(message, type);
      }
      long structure = Gst.gst_message_get_structure(message);
      String name = structure == 0 ? "" : Gst.gst_structure_get_name(structure);
      return new Message(type, "", 0, name);
    } finally {
      Gst.gst_mini_object_unref(message);
    }
  }

  private static Message fault(long message, int type) {
    long[] error = new long[1];
    long[] debug = new long[1];
    if (type == Gst.MESSAGE_ERROR) {
      Gst.gst_message_parse_error(message, error, debug);
    } else {
      Gst.gst_message_parse_warning(message, error, debug);
    }
    Glib.g_free(debug[0]); // it may hold addresses with all that is in them
    Pointer fields = new Pointer(error[0]);
    String domain = Glib.g_quark_to_string(fields.getInt(0));
    int code = fields.getInt(4);
    String text = Natives.message(error[0]);
    return new Message(type, domain, code, text);
  }

  boolean error() {
    return type == Gst.MESSAGE_ERROR;
  }

  boolean warning() {
    return type == Gst.MESSAGE_WARNING;
  }

  boolean is(String otherDomain, int otherCode) {
    return domain.equals(otherDomain) && code == otherCode;
  }
}
