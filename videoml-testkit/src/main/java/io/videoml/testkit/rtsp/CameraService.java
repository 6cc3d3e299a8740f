package io.videoml.testkit.rtsp;

import static io.videoml.testkit.rtsp.Gst.NULL;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/**
 * The RTSP server in the serving process: who may come in, and what there is.
 *
 * <p>Threading: confined to the thread that obeys; clients are served on GStreamer's threads.
 */
final class CameraService {
  static final String PATH = "/camera";

  private static final int DIGEST = 2;
  private static final int BASIC = 1;
  private static final int READABLE = 1;
  private static final String ROLE = "viewer";

  private final Gst.AcceptCallback onConnection = Gst::gst_rtsp_server_io_func;
  private final long server = Gst.gst_rtsp_server_new();
  private CameraSettings settings;
  private CameraStream stream;
  private long socket = NULL;
  private long source = NULL;

  CameraService(CameraSettings settings, String port) {
    this.settings = settings;
    this.stream = new CameraStream(settings);
    Gst.gst_rtsp_server_set_address(server, "127.0.0.1");
    Gst.gst_rtsp_server_set_service(server, port);
    if (guarded()) {
      Gst.gst_rtsp_server_set_auth(server, guard());
    }
    mount();
  }

  void change(CameraSettings changed) {
    boolean same = settings.sameStream(changed);
    settings = changed;
    if (same) {
      stream.change(changed);
      return;
    }
    stream = new CameraStream(changed);
    mount();
    dropConnections();
  }

  void accept() {
    if (socket != NULL) {
      return;
    }
    socket = Gst.gst_rtsp_server_create_socket(server, NULL, NULL);
    if (socket == NULL) {
      throw new IllegalStateException("cannot listen on the port");
    }
    // By hand, because the server would keep a socket open whose source is gone.
    source = Gst.g_socket_create_source(socket, READABLE, NULL);
    Gst.g_source_set_callback(source, onConnection, server, NULL);
    Gst.g_source_attach(source, NULL);
  }

  void refuse() {
    if (socket == NULL) {
      return;
    }
    Gst.g_source_destroy(source);
    Gst.g_source_unref(source);
    Gst.g_socket_close(socket, NULL);
    Gst.g_object_unref(socket);
    socket = NULL;
  }

  void dropConnections() {
    long clients = Gst.gst_rtsp_server_client_filter(server, NULL, NULL);
    int count = Gst.g_list_length(clients);
    for (int i = 0; i < count; i++) {
      long client = Gst.g_list_nth_data(clients, i);
      Gst.gst_rtsp_client_close(client);
      Gst.g_object_unref(client);
    }
    Gst.g_list_free(clients);
  }

  private boolean guarded() {
    return settings.has("user") || settings.has("certificate");
  }

  private void mount() {
    long factory = Gst.gst_rtsp_media_factory_new();
    stream.serveBy(factory);
    if (guarded()) {
      long role =
          Gst.gst_structure_from_string(
              ROLE + ",media.factory.access=(boolean)true,media.factory.construct=(boolean)true;",
              NULL);
      Gst.gst_rtsp_media_factory_add_role_from_structure(factory, role);
      Gst.gst_structure_free(role);
    }
    long mounts = Gst.gst_rtsp_server_get_mount_points(server);
    Gst.gst_rtsp_mount_points_remove_factory(mounts, PATH);
    Gst.gst_rtsp_mount_points_add_factory(mounts, PATH, factory);
    Gst.g_object_unref(mounts);
  }

  private long guard() {
    long auth = Gst.gst_rtsp_auth_new();
    long token = Gst.gst_rtsp_token_new_empty();
    Gst.gst_rtsp_token_set_string(token, "media.factory.role", ROLE);
    String user = settings.text("user").orElse("");
    String password = settings.text("password").orElse("");
    if (!settings.has("user")) {
      Gst.gst_rtsp_auth_set_default_token(auth, token);
    } else if (settings.has("basic")) {
      Gst.gst_rtsp_auth_set_supported_methods(auth, BASIC);
      Gst.gst_rtsp_auth_add_basic(auth, base64(user, password), token);
    } else {
      Gst.gst_rtsp_auth_set_supported_methods(auth, DIGEST);
      Gst.gst_rtsp_auth_add_digest(auth, user, password, token);
    }
    settings.text("certificate").ifPresent(pem -> encrypt(auth, pem));
    return auth;
  }

  private static void encrypt(long auth, String pem) {
    long certificate = Gst.g_tls_certificate_new_from_pem(pem, -1, NULL);
    if (certificate == NULL) {
      throw new IllegalStateException(
          "GLib cannot use the certificate; is glib-networking installed?");
    }
    Gst.gst_rtsp_auth_set_tls_certificate(auth, certificate);
  }

  private static String base64(String user, String password) {
    byte[] both = (user + ":" + password).getBytes(UTF_8);
    return Base64.getEncoder().encodeToString(both);
  }
}
