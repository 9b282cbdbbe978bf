package org.regionaldoughnut.report.delivery;

import jakarta.activation.DataHandler;
import jakarta.activation.FileDataSource;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/** Hands e-mails to a server by SMTP, one connection a message. */
final class Postman {
    private static final int NO_ANSWER = -1;

    private final MailServer server;
    private final Session session;

    /** @throws Refused where the certificates of the server cannot be read */
    Postman(MailServer server) throws Refused {
        this.server = server;
        this.session = Session.getInstance(properties(server));
    }

    /** The message was not taken, and certainly not sent. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String why, Throwable cause) {
            super(why, cause);
        }
    }

    /** The connection broke while the message was handed over: it may have been taken. */
    static final class InDoubt extends Exception {
        private static final long serialVersionUID = 1;

        InDoubt(String why, Throwable cause) {
            super(why, cause);
        }
    }

    void send(Parcel parcel, String recipient, Instant at) throws Refused, InDoubt {
        MimeMessage message;
        try {
            message = message(parcel, recipient, at);
        } catch (MessagingException e) {
            throw new Refused("the message cannot be written: " + e.getMessage(), e);
        }
        String protocol = server.security() == MailServer.Security.TLS ? "smtps" : "smtp";
        try (Transport transport = session.getTransport(protocol)) {
            String user = server.user().orElse(null);
            transport.connect(server.host(), server.port(), user, user == null ? null : server.password());
            handOver(transport, message);
        } catch (MessagingException e) {
            throw new Refused(server.host() + ":" + server.port() + " says: " + said(e), e);
        }
    }

    private void handOver(Transport transport, MimeMessage message) throws Refused, InDoubt {
        try {
            transport.sendMessage(message, message.getAllRecipients());
        } catch (SMTPSendFailedException e) {
            if (e.getReturnCode() == NO_ANSWER) {
                throw new InDoubt(server.host() + ":" + server.port() + " broke off without an answer", e);
            }
            throw new Refused(server.host() + ":" + server.port() + " says: " + said(e), e);
        } catch (SendFailedException e) {
            throw new Refused(server.host() + ":" + server.port() + " says: " + said(e), e);
        } catch (MessagingException e) {
            throw new InDoubt(server.host() + ":" + server.port() + " broke off: " + said(e), e);
        }
    }

    private MimeMessage message(Parcel parcel, String recipient, Instant at) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(server.from(), true));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(recipient, true));
        message.setSubject(oneLine(parcel.subject()), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(at));
        MimeBodyPart body = new MimeBodyPart();
        body.setText(parcel.summary(), StandardCharsets.UTF_8.name());
        MimeBodyPart attachment = new MimeBodyPart();
        attachment.setDataHandler(
                new DataHandler(new FileDataSource(parcel.pdf().toFile()) {
                    @Override
                    public String getContentType() {
                        return "application/pdf";
                    }
                }));
        attachment.setFileName(parcel.pdf().getFileName().toString());
        message.setContent(new MimeMultipart(body, attachment));
        message.saveChanges();
        return message;
    }

    private static SSLSocketFactory trusting(Path certificates) throws Refused {
        try (InputStream pem = Files.newInputStream(certificates)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("trusted-" + trusted.size(), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException e) {
            throw new Refused("the certificates in " + certificates + " cannot be read: " + said(e), e);
        }
    }

    /** A subject with a line break would be two headers. */
    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static String said(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage() == null ? deepest : deepest.getMessage())
                .strip();
    }

    private static Properties properties(MailServer server) throws Refused {
        Properties properties = new Properties();
        if (server.certificates().isPresent()) {
            SSLSocketFactory trusting = trusting(server.certificates().get());
            properties.put("mail.smtp.ssl.socketFactory", trusting);
            properties.put("mail.smtps.ssl.socketFactory", trusting);
        }
        String patience = String.valueOf(server.patience().toMillis());
        for (String protocol : new String[] {"mail.smtp", "mail.smtps"}) {
            properties.put(protocol + ".connectiontimeout", patience);
            properties.put(protocol + ".timeout", patience);
            properties.put(protocol + ".writetimeout", patience);
            properties.put(protocol + ".ssl.checkserveridentity", "true");
            properties.put(protocol + ".auth", String.valueOf(server.user().isPresent()));
        }
        if (server.security() == MailServer.Security.STARTTLS) {
            properties.put("mail.smtp.starttls.enable", "true");
            properties.put("mail.smtp.starttls.required", "true");
        }
        return properties;
    }
}
