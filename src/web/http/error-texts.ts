import { catalogue } from '#src/texts/language.ts';

export const errorPageTexts = catalogue({
  fr: {
    help: (telephone: string) =>
      `Si le problème continue, téléphonez au ${telephone}. Une personne peut vous aider.`,
    home: 'Aller à l’accueil',
    retry: 'Réessayer',
    notFound: {
      title: 'Page introuvable',
      what: 'Cette adresse ne mène à aucune page. Elle est peut-être incomplète, ou la page a changé de place.',
      advice:
        'Si vous avez recopié l’adresse, vérifiez-la. Si vous avez suivi un lien reçu par email, ouvrez le message le plus récent.',
      ways: {
        account: 'Mon compte',
        create: 'Créer mon compte',
        signIn: 'Me connecter',
        emailCode: 'Recopier le code reçu par email',
        provisionalCode: 'Saisir un code provisoire reçu par SMS, par email ou par courrier',
      },
    },
    misdirected: {
      title: 'Ce site a une autre adresse',
      what: 'L’adresse que vous avez tapée mène bien jusqu’ici, mais ce n’est pas celle du service.',
      advice: 'Tapez l’adresse du site comme elle est écrite dans nos messages et nos courriers.',
    },
    unreadable: {
      title: 'Votre navigateur n’a pas été compris',
      what: 'Sa demande était incomplète, trop longue ou trop lente. Rien n’a été enregistré.',
      advice:
        'Revenez à l’accueil et recommencez. Si cela ne suffit pas, effacez les cookies de ce site, ou prenez un autre navigateur.',
    },
    badRequest: {
      title: 'Nous n’avons pas pu lire cet envoi',
      what: 'Ce qui a été envoyé est trop long ou incomplet. Rien n’a été enregistré.',
      advice: 'Revenez à la page précédente, vérifiez ce que vous avez écrit, puis envoyez à nouveau.',
    },
    expired: {
      title: 'Cette page est restée ouverte trop longtemps',
      what: 'Pour votre sécurité, ce que vous venez d’envoyer n’a pas été enregistré.',
      advice: 'Revenez à la page, puis appuyez à nouveau sur le bouton.',
      cookies:
        'Si ce message revient, votre navigateur refuse nos cookies. Autorisez-les pour ce site, ou essayez avec un autre navigateur.',
      retry: 'Revenir à la page',
    },
    tooMany: {
      title: 'Trop de demandes',
      what: (until: string) =>
        `Votre connexion à internet a demandé trop de pages en peu de temps. Vous pourrez continuer ${until}.`,
      advice:
        'D’autres personnes la partagent peut-être, à la maison, au travail ou à l’accueil. Attendez cette heure. Ce que vous avez déjà validé est gardé.',
    },
    broken: {
      title: 'Le service a un problème',
      what: 'Une erreur est survenue de notre côté. Vous n’avez rien fait de mal.',
      advice:
        'Attendez quelques minutes, puis réessayez. Ce que vous avez validé aux étapes précédentes est gardé.',
      reference: (code: string) => `Si vous téléphonez, donnez cette référence : ${code}.`,
    },
    overloaded: {
      title: 'Le service est très demandé',
      what: (seconds: number) =>
        `Beaucoup de personnes utilisent le service en ce moment. Réessayez dans ${seconds} ${seconds > 1 ? 'secondes' : 'seconde'}.`,
      advice: 'Rien n’est perdu : ce que vous avez validé aux étapes précédentes est gardé.',
    },
    away: {
      title: 'Le service ne répond pas pour le moment',
      what: (seconds: number) =>
        `Nous n’avons pas pu aller jusqu’au bout. Réessayez dans ${seconds} ${seconds > 1 ? 'secondes' : 'seconde'}.`,
      sent: 'Ce que vous venez d’envoyer a peut-être été enregistré quand même. Vous pouvez l’envoyer à nouveau sans risque.',
    },
  },
  en: {
    help: (telephone: string) => `If the problem goes on, call ${telephone}. Someone can help you.`,
    home: 'Go to the home page',
    retry: 'Try again',
    notFound: {
      title: 'Page not found',
      what: 'This address leads to no page. It may be incomplete, or the page may have moved.',
      advice:
        'If you copied the address, check it. If you followed a link in an email, open the most recent message.',
      ways: {
        account: 'My account',
        create: 'Create my account',
        signIn: 'Sign in',
        emailCode: 'Enter the code received by email',
        provisionalCode: 'Enter a provisional code received by text message, email or post',
      },
    },
    misdirected: {
      title: 'This site has another address',
      what: 'The address you typed does lead here, but it is not that of the service.',
      advice: 'Type the address of the site as it is written in our messages and letters.',
    },
    unreadable: {
      title: 'We did not understand your browser',
      what: 'Its request was incomplete, too long or too slow. Nothing was saved.',
      advice:
        'Go back to the home page and start again. If that is not enough, clear the cookies of this site, or use another browser.',
    },
    badRequest: {
      title: 'We could not read what was sent',
      what: 'What was sent is too long or incomplete. Nothing was saved.',
      advice: 'Go back to the previous page, check what you wrote, then send it again.',
    },
    expired: {
      title: 'This page has been open for too long',
      what: 'For your security, what you have just sent was not saved.',
      advice: 'Go back to the page, then press the button again.',
      cookies:
        'If this message comes back, your browser refuses our cookies. Allow them for this site, or try another browser.',
      retry: 'Go back to the page',
    },
    tooMany: {
      title: 'Too many requests',
      what: (until: string) =>
        `Your internet connection has asked for too many pages in a short time. You can go on ${until}.`,
      advice:
        'Other people may share it, at home, at work or at a help desk. Wait until then. What you have already completed is kept.',
    },
    broken: {
      title: 'The service has a problem',
      what: 'Something went wrong on our side. You did nothing wrong.',
      advice: 'Wait a few minutes, then try again. What you completed in the previous steps is kept.',
      reference: (code: string) => `If you call, give this reference: ${code}.`,
    },
    overloaded: {
      title: 'The service is very busy',
      what: (seconds: number) =>
        `Many people are using the service right now. Try again in ${seconds} ${seconds > 1 ? 'seconds' : 'second'}.`,
      advice: 'Nothing is lost: what you completed in the previous steps is kept.',
    },
    away: {
      title: 'The service is not responding at the moment',
      what: (seconds: number) =>
        `We could not finish. Try again in ${seconds} ${seconds > 1 ? 'seconds' : 'second'}.`,
      sent: 'What you have just sent may have been saved all the same. You can safely send it again.',
    },
  },
  plain: {
    fr: {
      notFound: {
        title: 'Cette page n’existe pas',
        what: 'L’adresse de la page est fausse, ou la page a changé.',
        advice:
          'Vous avez écrit l’adresse ? Vérifiez-la. Vous avez appuyé dans un email ? Ouvrez l’email le plus récent.',
        ways: {
          create: 'Créer un compte',
          emailCode: 'Recopier le code de l’email',
          provisionalCode: 'Recopier un code reçu par SMS, email ou courrier',
        },
      },
      misdirected: {
        what: 'Vous êtes bien arrivé ici, mais l’adresse est fausse.',
        advice: 'Écrivez l’adresse qui est dans nos emails et nos courriers.',
      },
      unreadable: {
        title: 'Il y a eu un problème',
        what: 'Nous n’avons pas pu lire cette demande. Rien n’a été enregistré.',
        advice: 'Allez à l’accueil et recommencez. Ou essayez avec un autre appareil.',
      },
      badRequest: {
        title: 'Il y a eu un problème',
        what: 'Nous n’avons pas pu lire cet envoi. Rien n’a été enregistré.',
        advice: 'Revenez à la page d’avant. Vérifiez, puis recommencez.',
      },
      expired: {
        title: 'Cette page est trop ancienne',
        what: 'Elle est restée ouverte trop longtemps. Rien n’a été enregistré.',
        advice: 'Revenez à la page. Appuyez à nouveau sur le bouton.',
      },
      tooMany: {
        title: 'Attendez un peu',
        what: (until: string) =>
          `Trop de pages ont été ouvertes en peu de temps. Vous pourrez continuer ${until}.`,
        advice: 'Rien n’est perdu.',
      },
      broken: {
        what: 'Il y a une erreur chez nous. Vous n’avez rien fait de mal.',
        advice: 'Attendez quelques minutes, puis réessayez. Rien n’est perdu.',
        reference: (code: string) => `Vous téléphonez ? Donnez cette référence : ${code}.`,
      },
      overloaded: {
        title: 'Il y a beaucoup de monde',
        what: (seconds: number) =>
          `Beaucoup de personnes sont sur le site. Réessayez dans ${seconds} ${seconds > 1 ? 'secondes' : 'seconde'}.`,
        advice: 'Rien n’est perdu.',
      },
      away: {
        title: 'Le service a un problème',
        sent: 'Votre envoi est peut-être enregistré, peut-être pas. Vous pouvez recommencer.',
      },
    },
    en: {
      notFound: { title: 'This page does not exist' },
    },
  },
});
