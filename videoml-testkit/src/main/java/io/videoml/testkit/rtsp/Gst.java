package io.videoml.testkit.rtsp;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The functions of GStreamer's RTSP server that we call; pointers are {@code long}s. Only ever
 * loaded in the serving process: a mistake here ends that one.
 */
final class Gst {
  /** By its full name: the plain one is a link that only the development package brings. */
  private static final String LIBRARY = "libgstrtspserver-1.0.so.0";

  static final long NULL = 0;

  static {
    // The libraries it depends on, GLib among them, are searched with it.
    Native.register(Gst.class, NativeLibrary.getInstance(LIBRARY));
  }

  private Gst() {}

  static native void gst_init(long argc, long argv);

  static native long gst_element_factory_find(String name);

  static native void gst_util_set_object_arg(long object, String property, String value);

  static native long gst_bin_get_by_name(long bin, String name);

  static native long gst_element_get_static_pad(long element, String name);

  static native long gst_pad_add_probe(
      long pad, int mask, ProbeCallback callback, long data, long destroy);

  static native long gst_structure_from_string(String text, long end);

  static native void gst_structure_free(long structure);

  static native long gst_buffer_get_size(long buffer);

  static native long gst_buffer_extract(long buffer, long offset, byte[] target, long size);

  static native long gst_buffer_fill(long buffer, long offset, byte[] source, long size);

  static native void gst_object_unref(long object);

  static native void g_object_unref(long object);

  static native long g_signal_connect_data(
      long instance, String signal, Callback handler, long data, long destroy, int flags);

  static native void g_list_free(long list);

  static native int g_list_length(long list);

  static native long g_list_nth_data(long list, int index);

  static native long g_main_loop_new(long context, boolean running);

  static native void g_main_loop_run(long loop);

  static native long g_socket_create_source(long socket, int condition, long cancellable);

  static native boolean g_socket_close(long socket, long error);

  static native void g_source_set_callback(
      long source, AcceptCallback callback, long data, long destroy);

  static native int g_source_attach(long source, long context);

  static native void g_source_destroy(long source);

  static native void g_source_unref(long source);

  static native long g_tls_certificate_new_from_pem(String data, long length, long error);

  static native long gst_rtsp_server_new();

  static native void gst_rtsp_server_set_address(long server, String address);

  static native void gst_rtsp_server_set_service(long server, String service);

  static native void gst_rtsp_server_set_auth(long server, long auth);

  static native long gst_rtsp_server_get_mount_points(long server);

  static native long gst_rtsp_server_create_socket(long server, long cancellable, long error);

  static native boolean gst_rtsp_server_io_func(long socket, int condition, long server);

  static native long gst_rtsp_server_client_filter(long server, long function, long data);

  static native void gst_rtsp_client_close(long client);

  static native void gst_rtsp_mount_points_add_factory(long mounts, String path, long factory);

  static native void gst_rtsp_mount_points_remove_factory(long mounts, String path);

  static native long gst_rtsp_media_factory_new();

  static native void gst_rtsp_media_factory_set_launch(long factory, String launch);

  static native void gst_rtsp_media_factory_set_shared(long factory, boolean shared);

  static native void gst_rtsp_media_factory_set_protocols(long factory, int protocols);

  static native void gst_rtsp_media_factory_add_role_from_structure(long factory, long structure);

  static native long gst_rtsp_media_get_element(long media);

  static native int gst_rtsp_media_n_streams(long media);

  static native long gst_rtsp_media_get_stream(long media, int index);

  static native long gst_rtsp_stream_get_rtpsession(long stream);

  static native long gst_rtsp_auth_new();

  static native void gst_rtsp_auth_set_supported_methods(long auth, int methods);

  static native void gst_rtsp_auth_set_tls_certificate(long auth, long certificate);

  static native void gst_rtsp_auth_set_default_token(long auth, long token);

  static native boolean gst_rtsp_auth_add_digest(
      long auth, String user, String password, long token);

  static native void gst_rtsp_auth_add_basic(long auth, String basic, long token);

  static native long gst_rtsp_token_new_empty();

  static native void gst_rtsp_token_set_string(long token, String field, String value);

  /** {@code GSocketSourceFunc}. */
  interface AcceptCallback extends Callback {
    boolean invoke(long socket, int condition, long server);
  }

  /** {@code GstPadProbeCallback}. */
  interface ProbeCallback extends Callback {
    int invoke(long pad, long info, long data);
  }

  /** {@code media-configure}, of a factory. */
  interface ConfigureCallback extends Callback {
    void invoke(long factory, long media, long data);
  }

  /** {@code prepared}, of a media. */
  interface PreparedCallback extends Callback {
    void invoke(long media, long data);
  }

  /** {@code on-sending-rtcp}, of an RTP session. */
  interface RtcpCallback extends Callback {
    boolean invoke(long session, long buffer, boolean early, long data);
  }
}
