"""Newspapers in Polish, Czech, Russian and Ukrainian."""

from __future__ import annotations

from collections.abc import Mapping

POLISH: Mapping[str, str] = {
    "consent": """
        ta strona używa plików cookies …
        zapisując/klikając/rejestrując … akceptujesz|zgadzasz|wyrażasz|regulamin …
        polityka prywatności|regulamin|akceptuję|akceptuj wszystkie|zgadzam się
    """,
    "newsletter": """
        newsletter|zapisz się|zapisz się na newsletter|subskrybuj|adres e-mail|twój e-mail
        zapisz się … newsletter|newslettera …
        otrzymuj … newsletter|e-mail|skrzynkę …
        obserwuj/śledź nas w/na …
        pobierz … aplikację …
    """,
    "paywall": """
        zaloguj się|zarejestruj się|kup subskrypcję|wykup dostęp|tylko dla subskrybentów
        subskrybuj teraz
        aby czytać dalej …
        czytaj dalej z …
        masz już konto/subskrypcję …
        ten artykuł jest dostępny …
        pozostało 12 …
    """,
    "advert": """
        reklama|artykuł sponsorowany|materiał sponsorowany|materiał promocyjny|autopromocja
        sponsorowane
        dalszy ciąg materiału/artykułu pod …
        reszta artykułu pod …
    """,
    "read-more": """
        czytaj więcej|czytaj także|czytaj też|czytaj również|zobacz także|zobacz też|zobacz więcej
        więcej
        przeczytaj także|przeczytaj też|polecamy|polecane|najczęściej czytane|najnowsze|powiązane
        zobacz również|najpopularniejsze|więcej na ten temat|dowiedz się więcej|sprawdź też
        czytaj_więcej/czytaj_także/czytaj_też/zobacz_także/zobacz_też/przeczytaj_także/polecamy : …
    """,
    "comments": """
        komentarze|komentarz|skomentuj|dodaj komentarz|zobacz komentarze|pokaż komentarze
        12 komentarzy/komentarze/komentarz|komentarze 12
        bądź pierwszy|dołącz do dyskusji
    """,
    "share": """
        udostępnij|podziel się|skopiuj link|drukuj|zapisz|wyślij|udostępnij na facebooku
        skomentuj i udostępnij
    """,
    "tags": "tematy|tagi|słowa kluczowe\ntematy/tagi/słowa_kluczowe : …",
    "trailer": """
        wszelkie prawa zastrzeżone|źródło artykułu
        … wszelkie prawa zastrzeżone
        wszelkie prawa zastrzeżone …
        źródło : …
    """,
    "caption": "foto/fot/zdjęcie/grafika/autor_zdjęcia : …",
    "navigation": """
        strona główna|polityka|gospodarka|świat|kraj|sport|kultura|opinie|biznes|nauka|społeczeństwo
    """,
    "moment": """
        stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada
        grudnia opublikowano aktualizacja publikacja temu
    """,
    "clock": """
        poniedziałek wtorek środa czwartek piątek sobota niedziela godz o r dnia ostatnia
        minut minuty minutę godzin godziny godzinę dni dzień tygodnie
    """,
    "role": "korespondent korespondentka dziennikarz dziennikarka redaktor redaktorka",
    "by": "autor",
    "pass": "udostępnij na wyślij przez drukuj",
}
"""Phrases and words of Polish by kind."""

CZECH: Mapping[str, str] = {
    "consent": """
        tato stránka/web používá cookies …
        přijmout vše|přijmout|souhlasím|odmítnout vše|nastavení cookies|ochrana soukromí
        přejít před obsah vložený …
        zde je obsah vložený …
        … obsah vložený z jiného webu …
    """,
    "newsletter": """
        newsletter|odebírat|odebírat newsletter|přihlásit k odběru|váš e-mail|zadejte e-mail
        přihlaste se k odběru …
        sledujte nás na …
    """,
    "paywall": """
        přihlásit se|registrovat se|předplatit|předplatné|pouze pro předplatitele|získat předplatné
        tento článek/obsah je určen/dostupný …
        chcete číst dál …
        již máte předplatné …
    """,
    "advert": "reklama|inzerce|komerční sdělení|sponzorováno\nčlánek pokračuje pod …",
    "read-more": """
        čtěte také|čtěte dále|číst dál|číst více|přečtěte si také|více|mohlo by vás zajímat
        související
        související články|nejčtenější|další články|doporučujeme|k tématu|více k tématu
        zobrazit více
        čtěte_také/čtěte/přečtěte_si/přečtěte_si_také/k_tématu : …
    """,
    "comments": """
        komentáře|diskuse|diskuze|přidat komentář|zobrazit komentáře|vstoupit do diskuze
        vstoupit do diskuse
        diskuse/diskuze/komentáře 12|12 komentářů/příspěvků
    """,
    "share": "sdílet|sdílet na facebooku|kopírovat odkaz|tisknout|uložit|poslat e-mailem|sdílejte",
    "tags": "témata|štítky|klíčová slova\ntémata/štítky/klíčová_slova : …",
    "trailer": "… všechna práva vyhrazena\nvšechna práva vyhrazena …\nzdroj/zdroje : …",
    "caption": "foto/autor_fotky/ilustrační_foto : …",
    "navigation": "úvod|domů|domácí|zahraničí|ekonomika|kultura|sport|názory|byznys|politika",
    "moment": """
        ledna února března dubna května června července srpna září října listopadu prosince
        aktualizováno publikováno vydáno
    """,
    "clock": """
        pondělí úterý středa čtvrtek pátek sobota neděle v před hodinou hodinami minutami
        dnes včera
    """,
    "role": "redaktor redaktorka zpravodaj zpravodajka reportér reportérka",
    "by": "autor",
    "pass": "sdílet na poslat tisknout",
}
"""Phrases and words of Czech by kind."""

RUSSIAN: Mapping[str, str] = {
    "consent": """
        мы используем файлы/куки/cookie …
        нажимая … соглашаетесь|согласие …
        политика конфиденциальности|пользовательское соглашение|принять|согласен
    """,
    "newsletter": """
        подписаться|подписаться на рассылку|рассылка|ваш e-mail|подписка
        подписывайтесь/подпишитесь на …
        следите за … telegram|телеграм|вконтакте|соцсетях|канале …
        читайте нас в …
    """,
    "paywall": """
        войти|зарегистрироваться|оформить подписку|только для подписчиков
        чтобы читать дальше …
        уже есть подписка …
    """,
    "advert": "реклама|на правах рекламы|партнёрский материал|партнерский материал|спецпроект",
    "read-more": """
        читайте также|читать далее|читать дальше|читать полностью|подробнее|смотрите также|по теме
        материалы по теме|похожие материалы|другие новости|главное|главные новости|самое читаемое
        популярное|последние новости|все публикации|все новости|рекомендуем|ещё по теме|еще по теме
        читайте_также/смотрите_также/по_теме/читать_также/подробнее : …
        главное на …
        самые популярные …
    """,
    "comments": """
        комментарии|комментировать|отзывы|добавить отзыв|оставить комментарий|добавить комментарий
        написать комментарий|все комментарии|показать комментарии|обсудить
        12 комментариев/комментария/комментарий|комментарии 12
        уважаемые читатели просим …
    """,
    "share": """
        поделиться|поделиться в facebook|скопировать ссылку|печать|распечатать|сохранить|отправить
        поделиться/поделитесь в/через …
    """,
    "tags": "теги|метки|темы|ключевые слова\nтеги/метки/темы/ключевые_слова : …",
    "trailer": "все права защищены …\n… все права защищены\nисточник : …",
    "caption": "фото/фотография/иллюстрация/источник_фото/архив : …\nличный архив …",
    "navigation": "главная|новости|политика|экономика|общество|культура|спорт|в мире|мнения|наука",
    "moment": """
        января февраля марта апреля мая июня июля августа сентября октября ноября декабря
        опубликовано обновлено назад
    """,
    "clock": """
        понедельник вторник среда четверг пятница суббота воскресенье в г мск час часа часов минут
        минуты минуту дня дней день сегодня вчера
    """,
    "role": "корреспондент журналист редактор обозреватель",
    "by": "автор",
    "pass": "поделиться в на отправить по ссылку скопировать",
}
"""Phrases and words of Russian by kind."""

UKRAINIAN: Mapping[str, str] = {
    "newsletter": """
        підписатися|підписатися на розсилку|розсилка
        підписуйтесь/підпишіться на …
        стежте за … telegram|телеграм|facebook|каналі …
    """,
    "paywall": "увійти|зареєструватися|оформити передплату\nщоб читати далі …",
    "advert": "реклама|на правах реклами|партнерський матеріал|спецпроєкт",
    "read-more": """
        читайте також|читати далі|детальніше|дивіться також|за темою|матеріали за темою|інші новини
        головне|головні новини|найпопулярніше|останні новини|усі публікації|рекомендуємо
        читайте_також/дивіться_також/за_темою/детальніше : …
    """,
    "comments": """
        коментарі|коментувати|додати коментар|залишити коментар|усі коментарі
        12 коментарів/коментарі/коментар|коментарі 12
    """,
    "share": "поділитися|скопіювати посилання|друк|зберегти|надіслати",
    "tags": "теги|теми|мітки\nтеги/теми/мітки : …",
    "trailer": "усі права захищено …\n… усі права захищено\nджерело : …",
    "caption": "фото/світлина/ілюстрація : …",
    "navigation": "головна|новини|політика|економіка|суспільство|культура|спорт|у світі|думки",
    "moment": """
        січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
        опубліковано оновлено тому
    """,
    "clock": """
        понеділок вівторок середа четвер пятниця субота неділя о р год годин години хвилин
        сьогодні вчора
    """,
    "role": "кореспондент журналіст редактор оглядач",
    "by": "автор",
    "pass": "поділитися в на надіслати",
}
"""Phrases and words of Ukrainian by kind."""
