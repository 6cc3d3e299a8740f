package io.videoml.gstreamer;

/** The functions of GStreamer's video library, bound directly. */
@SuppressWarnings("MemberName") // C's names
final class GstVideo {
  private GstVideo() {}

  static native int gst_video_info_from_caps(long info, long caps);

  static native long gst_buffer_get_video_meta(long buffer);

  static native String gst_video_format_to_string(int format);
}
