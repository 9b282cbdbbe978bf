package org.regionaldoughnut.schedule.alert;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.List;
import java.util.Properties;

/** Mails an alert. */
public final class Mail implements Channel {
    private static final String PATIENCE = "10000";

    private final Settings settings;

    /** @param user empty for a server that asks for none */
    public record Settings(
            String host, int port, boolean tls, String user, String password, String from, List<String> to) {
        public Settings {
            to = List.copyOf(to);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Mail[" + host + ":" + port + "]";
        }
    }

    public Mail(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void send(Alert alert) throws IOException {
        try {
            var message = new MimeMessage(session());
            message.setFrom(new InternetAddress(settings.from()));
            for (var to : settings.to()) {
                message.addRecipient(Message.RecipientType.TO, new InternetAddress(to));
            }
            message.setSubject(alert.subject(), "UTF-8");
            message.setText(alert.text(), "UTF-8");
            Transport.send(message);
        } catch (MessagingException e) {
            throw new IOException("the mail server " + settings.host() + " did not take it: " + e.getMessage(), e);
        }
    }

    private Session session() {
        var properties = new Properties();
        properties.put("mail.smtp.host", settings.host());
        properties.put("mail.smtp.port", String.valueOf(settings.port()));
        properties.put("mail.smtp.connectiontimeout", PATIENCE);
        properties.put("mail.smtp.timeout", PATIENCE);
        properties.put("mail.smtp.starttls.enable", String.valueOf(settings.tls()));
        properties.put("mail.smtp.starttls.required", String.valueOf(settings.tls()));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        if (settings.user().isEmpty()) {
            return Session.getInstance(properties);
        }
        properties.put("mail.smtp.auth", "true");
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(settings.user(), settings.password());
            }
        });
    }
}
