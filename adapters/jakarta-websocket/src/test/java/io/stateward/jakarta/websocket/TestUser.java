package io.stateward.jakarta.websocket;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.util.security.Credential;

/** Somebody whom the containers of tests know. */
final class TestUser {

  static final String NAME = "ada";
  static final String PASSWORD = "analytical";

  private TestUser() {}

  /** The headers that authenticate this user. */
  static Map<String, String> headers() {
    String pair = NAME + ":" + PASSWORD;
    return Map.of(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  /** Makes the user known to a Tomcat, which authenticates whoever tries and requires nobody to. */
  static void in(Tomcat tomcat, Context context) {
    tomcat.addUser(NAME, PASSWORD);
    tomcat.addRole(NAME, "writer");
    context.setLoginConfig(new LoginConfig("BASIC", "test", null, null));
    context.setPreemptiveAuthentication(true);
    context.getPipeline().addValve(new BasicAuthenticator());
  }

  /** Makes the user known to a Jetty, in the same way. */
  static void in(ServletContextHandler context) {
    UserStore users = new UserStore();
    users.addUser(NAME, Credential.getCredential(PASSWORD), new String[] {"writer"});
    HashLoginService logins = new HashLoginService("test");
    logins.setUserStore(users);
    ConstraintSecurityHandler security = new ConstraintSecurityHandler();
    security.setLoginService(logins);
    security.setAuthenticator(new org.eclipse.jetty.security.authentication.BasicAuthenticator());
    context.setSecurityHandler(security);
  }
}
