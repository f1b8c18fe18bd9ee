# The phone: shared by whoever wants to

profile-phone = <b>Phone:</b> { $phone }
profile-share-phone = 📱 Add my phone
profile-forget-phone = 📱 Remove my phone
phone-ask =
    <b>Your phone</b>

    Press the button below, and Telegram will send me your number. The coordinators of your networks will see it. You may remove it at any time.
phone-share = 📱 Send my number
phone-not-now = ✖️ Not now
phone-look-below = The button is below
phone-kept = ✅ The phone is saved.
phone-not-kept = Fine, without a phone.
phone-forgotten = The phone is removed
error-not-own-phone = This is not your number. To add your own, open your profile and press “📱 Add my phone”.
