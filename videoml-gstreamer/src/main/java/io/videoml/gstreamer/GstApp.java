package io.videoml.gstreamer;

/** The functions of GStreamer's appsink and appsrc, bound directly. */
@SuppressWarnings("MemberName") // C's names
final class GstApp {
  private GstApp() {}

  static native long gst_app_sink_try_pull_sample(long sink, long timeoutNanos);

  static native int gst_app_sink_is_eos(long sink);

  static native int gst_app_src_push_sample(long source, long sample);

  static native int gst_app_src_end_of_stream(long source);

  static native long gst_app_src_get_current_level_buffers(long source);
}
